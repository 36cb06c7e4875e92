import { auditRoute } from './pages/audit/route.ts';
import { breakGlassRoute } from './pages/break-glass/route.ts';
import { clusterRoute } from './pages/cluster/route.ts';
import { clustersRoute } from './pages/clusters/route.ts';
import { compareRoute } from './pages/compare/route.ts';
import { goRoute } from './pages/go/route.ts';
import { overviewRoute } from './pages/overview/route.ts';
import { promoteRoute, releaseRoute } from './pages/release/route.ts';
import { requestRoute } from './pages/request/route.ts';
import { requestsRoute } from './pages/requests/route.ts';
import { rollbackRoute } from './pages/rollback/route.ts';
import { setPasswordRoute } from './pages/set-password/route.ts';
import { settingsRoute } from './pages/settings/route.ts';
import { signInRoute } from './pages/sign-in/route.ts';
import { tenantEnvironmentRoute } from './pages/tenant-environment/route.ts';
import { rootRoute } from './router/root-route.ts';
import { shellRoute } from './router/shell-route.ts';

/** The one table of pages. Each has a folder below `pages`, whose `route.ts` says its address and what its query means. */
export const routeTree = rootRoute.addChildren([
  signInRoute,
  setPasswordRoute,
  shellRoute.addChildren([
    overviewRoute,
    tenantEnvironmentRoute,
    compareRoute,
    breakGlassRoute,
    rollbackRoute,
    releaseRoute,
    promoteRoute,
    requestsRoute,
    requestRoute,
    goRoute,
    auditRoute,
    settingsRoute,
    clustersRoute,
    clusterRoute,
  ]),
]);
