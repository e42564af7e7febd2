/** Ways of pictures into the page: dropped on it or pasted, by their place or with their content. */
import type { FromPage } from '../../preview-messages.ts';
import { base64Of } from './leave-page.ts';

type Given = Extract<FromPage, { kind: 'given' }>;

/** What the editor calls the places of what is dragged from its explorer; other programs say `text/uri-list`. */
const PLACES = ['application/vnd.code.uri-list', 'text/uri-list'];

/** `give` is told of each drop and paste that holds pictures. */
export function listenToPictures(give: (given: Given) => void): void {
  const take = async (data: DataTransfer): Promise<void> => {
    const given = await givenIn(data);
    if (given !== null) give(given);
  };
  document.addEventListener('dragover', event => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  document.addEventListener('drop', event => {
    event.preventDefault();
    if (event.dataTransfer) void take(event.dataTransfer);
  });
  document.addEventListener('paste', event => {
    if (event.clipboardData && !(event.target instanceof HTMLInputElement && event.target.type === 'text')) void take(event.clipboardData);
  });
}

/** Places rather than content: of a file on the disk the folder around it is known, too. Null: no picture is in it. What is in it must be read at once. */
async function givenIn(data: DataTransfer): Promise<Given | null> {
  const places = PLACES.map(type => data.getData(type))
    .find(list => list !== '')
    ?.split(/\r?\n/)
    .filter(line => line.startsWith('file:'));
  if (places?.length) return { kind: 'given', places, pictures: [] };
  const files = [...data.files].filter(file => file.type.startsWith('image/'));
  if (files.length === 0) return null;
  const pictures = await Promise.all(files.map(async file => ({ name: file.name, content: await base64Of(file) })));
  return { kind: 'given', places: [], pictures };
}
