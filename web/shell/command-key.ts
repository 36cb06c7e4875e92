/** How the key is written that makes commands on this machine: `⌘` on a Mac, else `Ctrl`. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
