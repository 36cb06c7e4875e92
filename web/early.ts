// A part of the page itself (scripts/console-plugins.ts puts it there): asks for the answers and the files that the
// first page needs, while the code that needs them is still on its way. What is not foreseen here comes a little later.

/** Put in when the console is built. */
declare const pageFiles: Readonly<Record<'overview' | 'place', readonly string[]>>;

{
  const answers = new Map<string, Promise<Response | undefined>>();
  const ask = (path: string): void => {
    const init = {
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      redirect: 'error',
    } as const;
    // A failure is met again, and told, by whoever asks for it in earnest.
    answers.set(
      `/api/v2${path}`,
      fetch(`/api/v2${path}`, init).catch(() => undefined),
    );
  };
  const load = (file: string): void => {
    const link = document.createElement('link');
    const isStyle = file.endsWith('.css');
    link.rel = isStyle ? 'preload' : 'modulepreload';
    if (isStyle) link.as = 'style';
    link.href = file;
    document.head.append(link);
  };
  const { pathname, search } = location;
  const [, project, tenant, environment] =
    /^\/projects\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)\/?$/.exec(pathname) ?? [];
  // Answers before files: a browser has few connections to one server, and answers take longer.
  if (!/^\/(?:sign-in|set-password)/.test(pathname)) ask('/me');
  if (project !== undefined) {
    ask(`/projects/${project}/tenant-environments`);
    if (search === '')
      ask(`/projects/${project}/deployments?tenant=${tenant}&environment=${environment}&limit=100`);
    pageFiles.place.forEach(load);
  }
  if (pathname === '/') pageFiles.overview.forEach(load);
  window.earlyAnswers = answers;
}
