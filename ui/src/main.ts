import '@fontsource-variable/inter';
import { mount } from 'svelte';
import { connect } from './ipc/connect';
import './styles/tokens.css';
import './styles/base.css';
import { speak } from './words/language';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');
const backend = await connect();
// A library that cannot be read is told by the window, in the language of the system.
speak(await backend.language().catch(() => null));
// Whatever is loaded from here on finds its words in the language that was chosen.
const { default: App } = await import('./window/App.svelte');
mount(App, { target, props: { backend } });
