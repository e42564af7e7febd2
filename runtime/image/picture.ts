/** A picture as OpenCV holds it: rows from the top, three bytes a pixel. No step of a pipeline but the last asks which colour comes first. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** height × width × 3. */
  readonly pixels: Uint8Array;
}
