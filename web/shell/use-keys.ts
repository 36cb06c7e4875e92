import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { typesText } from '../parts/types-text.ts';
import { type KeyWish, keyWish } from './key-wish.ts';
import { mainPages } from './pages.ts';

/** How long after `g` a letter still belongs to it. */
const pause = 1_200;

/** The field that `/` goes to: a page marks it with `data-search`. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  field?.focus();
  field?.select();
}

/** Listens to the keys that mean the same on every page. */
export function useKeys({
  onPalette,
  onHelp,
}: {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}): void {
  const navigate = useNavigate();
  const grant = useEffectEvent((wish: KeyWish): void => {
    if (wish.kind === 'palette') onPalette();
    if (wish.kind === 'help') onHelp();
    if (wish.kind === 'search') focusSearch();
    if (wish.kind === 'go') {
      const page = mainPages.find(({ key }) => key === wish.key);
      if (page) void navigate({ to: page.to });
    }
  });
  useEffect(() => {
    let last = { key: '', at: 0 };
    const listen = (event: KeyboardEvent): void => {
      const before = event.timeStamp - last.at < pause ? last.key : undefined;
      last = { key: event.key, at: event.timeStamp };
      if (event.defaultPrevented) return;
      const wish = keyWish(event, before, typesText(event.target));
      if (!wish) return;
      event.preventDefault();
      grant(wish);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
