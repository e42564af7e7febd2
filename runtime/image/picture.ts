/** A picture as OpenCV holds it: rows from the top, three bytes a pixel, blue first. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** height × width × 3. */
  readonly bgr: Uint8Array;
}
