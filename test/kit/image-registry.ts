import type { IncomingMessage } from 'node:http';
import { receiver } from './receiver.ts';

export interface ImageRegistry extends AsyncDisposable {
  /** As images name it. */
  readonly host: string;
  /** `HEAD /v2/shop/api/manifests/v1`, with ` as anybody` behind those that showed the token. */
  readonly asked: readonly string[];
}

const isDocker = ({ headers }: IncomingMessage): boolean =>
  /oci\.image\.index\.v1.*docker\.distribution\.manifest\.v2/.test(headers.accept ?? '');

/**
 * A registry on this machine that speaks the protocol of the distribution spec: a token for anybody who asks for one,
 * and manifests and tags for whoever shows it. `private` repositories have tokens and still say no.
 */
export async function imageRegistry(images: readonly string[]): Promise<ImageRegistry> {
  const asked: string[] = [];
  const server = await receiver((request, answer) => {
    const { method = '', url = '', headers } = request;
    const isAnybody = headers.authorization === 'Bearer for-anybody';
    asked.push(`${method} ${url}${isAnybody ? ' as anybody' : ''}`);
    const path = /^\/v2\/(.+)\/(manifests|tags)\/(.+)$/.exec(url);
    const [, repository = '', kind = '', reference = ''] = path ?? [];
    if (url.startsWith('/token?')) answer.end(JSON.stringify({ token: 'for-anybody' }));
    else if (!isAnybody) {
      const realm = `http://${host}/token`;
      const scope = `repository:${repository}:pull`;
      answer.setHeader('www-authenticate', `Bearer realm="${realm}",service="here",scope="${scope}"`);
      answer.writeHead(401).end();
    } else if (repository.startsWith('private/')) answer.writeHead(401).end();
    else if (kind === 'tags')
      answer.writeHead(images.some((image) => image.startsWith(`${repository}:`)) ? 200 : 404).end();
    else
      answer.writeHead(isDocker(request) && images.includes(`${repository}:${reference}`) ? 200 : 404).end();
  });
  const host = `127.0.0.1:${server.port}`;
  return { host, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
