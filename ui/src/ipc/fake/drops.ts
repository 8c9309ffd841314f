import type { DropEvent } from '../backend';

/** A browser's own drag and drop in place of the shell's: it tells names, not paths, which is enough here. */
export function watchBrowserDrops(listener: (event: DropEvent) => void): () => void {
  const over = (event: DragEvent) => {
    event.preventDefault();
    listener({ type: 'over' });
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) listener({ type: 'left' });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    listener({ type: 'dropped', paths: [...(event.dataTransfer?.files ?? [])].map((file) => file.name) });
  };
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', leave);
  window.addEventListener('drop', drop);
  return () => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('dragleave', leave);
    window.removeEventListener('drop', drop);
  };
}
