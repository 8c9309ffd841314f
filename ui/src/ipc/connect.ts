import type { Backend } from './backend';

/** The shell's backend inside the window; the made-up one in a plain browser, which only a development build contains. */
export async function connect(): Promise<Backend> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriBackend;
  if (import.meta.env.DEV) {
    const { FakeBackend, sceneFromAddress } = await import('./fake');
    const { default: clip } = await import('./fake/clip.webm?url');
    return new FakeBackend(sceneFromAddress(window.location.search), clip);
  }
  throw new Error('This page only works inside the Standout window.');
}
