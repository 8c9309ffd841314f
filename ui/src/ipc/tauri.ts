import { Channel, invoke } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import type { Backend, DropEvent } from './backend';
import type { Bootstrap, Event, EvidenceView, ExportPlan, Imported, Snapshot } from './bindings';

/** The shell's commands. The only file that knows Tauri. */
export const tauriBackend: Backend = {
  bootstrap: () => invoke<Bootstrap>('bootstrap'),
  subscribe: async (listener) => {
    const channel = new Channel<Event>();
    channel.onmessage = listener;
    await invoke('subscribe', { channel });
    return () => {
      channel.onmessage = () => undefined;
    };
  },
  watchDrops: (listener) =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      const event = dropEvent(payload);
      if (event) listener(event);
    }),

  importPaths: (paths) => invoke<Imported>('import_paths', { paths }),
  importText: (text) => invoke<Imported>('import_text', { text }),
  openFiles: () => invoke<Imported | null>('open_files'),
  trySample: () => invoke<Imported>('try_sample'),

  edit: (command, gesture) => invoke<Snapshot>('edit', { command, gesture }),
  undo: () => invoke<Snapshot>('undo'),
  redo: () => invoke<Snapshot>('redo'),
  newProject: () => invoke<Snapshot>('new_project'),

  find: () => invoke<Snapshot>('find'),
  cancelFind: () => invoke<Snapshot>('cancel_find'),

  evidence: (material) => invoke<EvidenceView | null>('evidence', { material }),
  peaks: (material) => invoke<ArrayBuffer>('peaks', { material }),
  thumbnail: (material) => invoke<ArrayBuffer>('thumbnail', { material }),

  planExport: (request) => invoke<ExportPlan>('plan_export', { request }),
  startExport: (request) => invoke<Snapshot>('start_export', { request }),
  cancelExport: () => invoke<Snapshot>('cancel_export'),
  dismissExport: () => invoke<Snapshot>('dismiss_export'),
  chooseFolder: () => invoke<string | null>('choose_folder'),
  reveal: (path) => invoke('reveal', { path }),
};

function dropEvent(payload: { type: string; paths?: string[] }): DropEvent | null {
  switch (payload.type) {
    case 'enter':
    case 'over':
      return { type: 'over' };
    case 'drop':
      return { type: 'dropped', paths: payload.paths ?? [] };
    case 'leave':
      return { type: 'left' };
    default:
      return null;
  }
}
