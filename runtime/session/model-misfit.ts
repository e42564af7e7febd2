/** The model is not what the recipe describes: in a sentence, for the user. */
export class ModelMisfit extends Error {}
