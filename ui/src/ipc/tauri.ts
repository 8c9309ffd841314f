import { Channel } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import type { Backend, DropEvent } from './backend';
import { commands, type Event } from './bindings';

/** The shell's commands. Beside the generated `bindings.ts` the only file that knows Tauri. */
export const tauriBackend: Backend = {
  ...commands,
  subscribe: async (listener) => {
    const channel = new Channel<Event>();
    channel.onmessage = listener;
    await commands.subscribe(channel);
    return () => {
      channel.onmessage = () => undefined;
    };
  },
  magnify: (factor) => getCurrentWebview().setZoom(factor),
  watchDrops: (listener) =>
    getCurrentWebview().onDragDropEvent(({ payload }) => {
      const event = dropEvent(payload);
      if (event) listener(event);
    }),
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
