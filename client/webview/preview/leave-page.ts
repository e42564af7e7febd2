/** Ways of the drawn picture out of the page. */

/** Copies it like any other picture. False where the browser does not allow it. */
export async function copyPicture(png: Blob): Promise<boolean> {
  return navigator.clipboard.write([new ClipboardItem({ [png.type]: png })]).then(
    () => true,
    () => false,
  );
}

export function base64Of(png: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(png);
  });
}
