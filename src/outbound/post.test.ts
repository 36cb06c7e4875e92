import { expect, test } from 'vitest';
import { receiver } from '../../test/kit/receiver.ts';
import { post } from './post.ts';

const local = { networks: ['127.0.0.1/32'], plainHttp: true, timeout: 2000 };
const to = (url: string) => ({ url, headers: {}, body: '{}' });

test('a name is asked for once, and the checked address is dialled', async () => {
  await using server = await receiver((_, answer) => answer.writeHead(204).end());
  let asked = 0;
  const flips = async () => Promise.resolve([(asked += 1) === 1 ? '127.0.0.1' : '10.0.0.1']);
  const url = `http://hooks.example.com:${server.port}/`;
  expect(await post(to(url), { ...local, resolve: flips })).toMatchObject({ status: 204 });
  expect(asked).toBe(1);
  await expect(post(to(url), { ...local, resolve: flips })).rejects.toMatchObject({
    code: 'address_refused',
  });
});

test('a redirect is not followed', async () => {
  const seen: (string | undefined)[] = [];
  await using server = await receiver((request, answer) => {
    seen.push(request.url);
    answer.writeHead(302, { location: '/inside' }).end();
  });
  await expect(post(to(`http://127.0.0.1:${server.port}/x`), local)).rejects.toMatchObject({
    code: 'redirected',
    status: 302,
  });
  expect(seen).toEqual(['/x']);
});

test('an answer without an end is cut off, and one that never begins is given up', async () => {
  await using endless = await receiver((_, answer) => {
    answer.writeHead(200);
    const more = (): void => {
      if (!answer.destroyed) answer.write('x'.repeat(16_384), () => setImmediate(more));
    };
    more();
  });
  expect(await post(to(`http://127.0.0.1:${endless.port}/`), local)).toMatchObject({ status: 200 });
  await using silent = await receiver(() => undefined);
  const wait = post(to(`http://127.0.0.1:${silent.port}/`), { ...local, timeout: 200 });
  await expect(wait).rejects.toMatchObject({ code: 'timed_out' });
});

test('nobody there, and an answer that is no success, are told apart', async () => {
  await using server = await receiver((_, answer) => answer.writeHead(500).end('secret of the receiver'));
  const failed = post(to(`http://127.0.0.1:${server.port}/`), local);
  await expect(failed).rejects.toMatchObject({ code: 'answer_failed', message: 'answered 500', status: 500 });
  const nobody = post(to('http://127.0.0.1:1025/'), local);
  await expect(nobody).rejects.toMatchObject({ code: 'unreachable' });
});
