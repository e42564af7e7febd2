/** `cv2.resize` of 8-bit pictures, to the last bit: what a detector sees must not depend on who shrank the picture. */
import type { Picture } from './picture.ts';
import { resizeArea } from './resize-area.ts';
import { resizeCubic } from './resize-cubic.ts';
import { resizeLinear } from './resize-linear.ts';
import { scaleOf } from './scale.ts';

export type Interpolation = 'linear' | 'area' | 'cubic';

/** Sizes are in pixels, above zero. Source: `cv::resize` of OpenCV 4 and 5. */
export function resize(picture: Picture, width: number, height: number, interpolation: Interpolation): Picture {
  if (width === picture.width && height === picture.height) return picture;
  if (interpolation === 'cubic') return resizeCubic(picture, width, height);
  const across = scaleOf(picture.width, width);
  const down = scaleOf(picture.height, height);
  // OpenCV takes INTER_AREA for halving, however it was asked, and INTER_LINEAR with other weights where INTER_AREA would enlarge a side.
  if (interpolation === 'linear')
    return across === 2 && down === 2 ? resizeArea(picture, width, height) : resizeLinear(picture, width, height, 'centres');
  return across >= 1 && down >= 1 ? resizeArea(picture, width, height) : resizeLinear(picture, width, height, 'areas');
}
