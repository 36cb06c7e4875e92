import { spawn } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that shows an address, or undefined where nobody would see it. */
export function browserCommand(
  platform: NodeJS.Platform,
  env: Environment,
): readonly [file: string, ...args: string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}

/** Tries to show a page; whoever cannot see it was given its address as well. Anything but a web address is left alone. */
export function openBrowser(url: string): void {
  const command = browserCommand(process.platform, process.env);
  if (!command || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return;
  const [file, ...args] = command;
  const child = spawn(file, [...args, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {}); // there is no such program
  child.unref();
}
