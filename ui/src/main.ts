import '@fontsource-variable/inter';
import { mount } from 'svelte';
import { connect } from './ipc/connect';
import './styles/tokens.css';
import './styles/base.css';
import App from './window/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app".');
mount(App, { target, props: { backend: await connect() } });
