/** Source pixels to a target pixel along a side, as OpenCV computes it: once inverted, once back, which is not always the quotient (49 to 1 is a bit less than 49). */
export const scaleOf = (from: number, to: number): number => 1 / (to / from);
