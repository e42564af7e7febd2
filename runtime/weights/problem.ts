/** What a file of weights cannot be used for, in words a person can act on. The only thing that readers of weights throw. */
export class WeightsProblem extends Error {
  /** `unreadable`: the disk's word. `corrupt`: begins as a checkpoint and does not go on as one. `not-checkpoint`: something else altogether. */
  readonly kind: 'unreadable' | 'corrupt' | 'not-checkpoint';
  /** What to do about it: a sentence. */
  readonly remedy: string;
  constructor(kind: WeightsProblem['kind'], message: string, remedy: string) {
    super(message);
    this.name = 'WeightsProblem';
    this.kind = kind;
    this.remedy = remedy;
  }
}

export const corrupt = (what: string): WeightsProblem =>
  new WeightsProblem(
    'corrupt',
    what,
    'The file is damaged, most often by a download or copy that broke off. Get it again and compare its size with the original.',
  );

/** `kind`: of tensors, as the file calls it. */
export const unread = (kind: string): WeightsProblem =>
  new WeightsProblem(
    'not-checkpoint',
    `It holds tensors of ${kind}, which Necktie does not read.`,
    'Save the weights as float32, float16 or bfloat16.',
  );
