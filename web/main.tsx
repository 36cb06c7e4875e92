import './first.ts';
import '@mantine/core/styles.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { ApiError } from '../src/contract/api-error.ts';
import { App } from './app.tsx';

const root = document.querySelector('#root');
// A refusal is shown on the page; only bugs belong into the console of the browser.
const onCaughtError = (error: unknown): void => {
  if (!(error instanceof ApiError)) reportError(error);
};
if (root) createRoot(root, { onCaughtError }).render(<App />);
