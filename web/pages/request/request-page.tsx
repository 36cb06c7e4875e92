import { Stack, Tabs, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { apiQuery } from '../../api/queries.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { requestSigns } from '../../parts/states.ts';
import { requestTitle } from '../../words/request-title.ts';
import { wordIn } from '../../words/search-text.ts';
import { aboutRequest } from './about-request.ts';
import { Changes } from './changes.tsx';
import { Commands } from './commands.tsx';
import { Conversation } from './conversation.tsx';
import { RequestActions } from './request-actions.tsx';
import classes from './request-page.module.css';
import { RequestPins } from './request-pins.tsx';
import { ReturnedHolds } from './returned-holds.tsx';
import { ReviewBox } from './review-box.tsx';
import { requestTabs } from './route.ts';
import { Checklist, Commit, Evidence } from './tabs.tsx';
import { TimelineList } from './timeline-list.tsx';
import { WhatWentWrong } from './what-went-wrong.tsx';

const routeApi = getRouteApi('/signed-in/requests/$id');

const tabWords = {
  conversation: 'Conversation',
  changes: 'Changes',
  commit: 'Commit',
  evidence: 'Evidence',
  checklist: 'Checklist',
} as const;

/** One request, as a pull request is shown: where it stands, what it changes, who said what, and what can be done. */
export function RequestPage(): ReactElement {
  const { id } = routeApi.useParams();
  const { data: request } = useSuspenseQuery(apiQuery('getRequest', { params: { id } }));
  return (
    <Page
      title={requestTitle(request)}
      aside={<StateBadge sign={requestSigns[request.state]} />}
      actions={<RequestActions request={request} />}
    >
      <Text size="xs" c="dimmed" component="div">
        <Copyable text={id} what={`request ${id}`}>
          {id}
        </Copyable>{' '}
        {aboutRequest(request)}
      </Text>
      <TimelineList request={request} />
      <WhatWentWrong request={request} />
      <ReturnedHolds request={request} />
      <div className={classes['columns']}>
        <RequestTabs request={request} />
        <Stack gap="md">
          <ReviewBox request={request} />
          <RequestPins request={request} />
          <Commands request={request} />
        </Stack>
      </div>
    </Page>
  );
}

function RequestTabs({ request }: { readonly request: Request }): ReactElement {
  const { tab = 'conversation' } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const contents = {
    conversation: <Conversation request={request} />,
    changes: <Changes request={request} />,
    commit: <Commit request={request} />,
    evidence: <Evidence request={request} />,
    checklist: <Checklist request={request} />,
  };
  return (
    <Tabs
      value={tab}
      onChange={(value) =>
        void navigate({
          search: (before) => ({ ...before, tab: wordIn({ value }, 'value', requestTabs) }),
          replace: true,
          resetScroll: false,
        })
      }
    >
      <Tabs.List mb="sm">
        {requestTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {tabWords[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {requestTabs.map((each) => (
        <Tabs.Panel key={each} value={each}>
          {each === tab ? contents[each] : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
