/** The model is not what the recipe describes: in a sentence, for the user. */
export class ModelMisfit extends Error {}

/** In half precision numbers grew beyond what it holds. */
export class HalfOverflow extends Error {}
