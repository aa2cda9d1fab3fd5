import { inNaturalOrder, type PickedFile } from './picked';

/** Lets the person pick files; empty when they close the dialog. Call it within a click. */
export const pickFiles = (): Promise<PickedFile[]> => pick({ folder: false });

/** Lets the person pick a folder with everything in it. */
export const pickFolder = (): Promise<PickedFile[]> => pick({ folder: true });

function pick({ folder }: { folder: boolean }): Promise<PickedFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = folder;
  input.hidden = true;
  // Some browsers forget about an input that is nowhere in the page before the person has chosen.
  document.body.append(input);
  const picked = new Promise<PickedFile[]>((resolve) => {
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.addEventListener('change', () => {
      resolve(pickedFiles(input.files));
    });
  });
  input.click();
  return picked.finally(() => {
    input.remove();
  });
}

/** The files of an `<input type="file">`, in natural order. */
function pickedFiles(files: FileList | null): PickedFile[] {
  return inNaturalOrder(Array.from(files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file })));
}
