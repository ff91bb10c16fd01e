import type { AppRule } from './native-app';
import { listenersOf } from './ports.rule';
import { createdService } from './service.rule';

/** The page that the app opens with is the gateway's, is public, and is there for those with a service role that somebody gets. */
export const endpointProblems: AppRule = ({ manifest, service, statements }) => {
  const { endpoints, containers } = service.spec;
  const { service: opened, endpoint } = manifest.artifacts.default_web_endpoint;
  const found = endpoints.find(({ name }) => name === endpoint);
  const granted = statements.map(({ text }) => GRANT.exec(text)).filter((match) => match !== null);
  const created = createdService(statements)?.name;
  const listening = new Set(containers.flatMap(listenersOf).map(({ port }) => port));
  const gateway = containers.filter(({ name }) => name === 'gateway').flatMap(listenersOf);
  const faults: [boolean, string][] = [
    [opened !== created, `The app opens with the service ${opened}, which setup.sql does not create`],
    [!found, `The app opens with the endpoint ${endpoint}, which service.yaml does not have`],
    [found?.public === false, `The app opens with the endpoint ${endpoint}, which is not public`],
    [
      found !== undefined && gateway.find(({ variable }) => variable === 'PORT')?.port !== found.port,
      `The endpoint ${endpoint} does not lead to the port of the gateway`,
    ],
    [
      found !== undefined && !service.serviceRoles.some(({ endpoints: own }) => own.includes(endpoint)),
      `No service role may use the endpoint ${endpoint}`,
    ],
  ];
  return [
    ...faults.filter(([isSo]) => isSo).map(([, fault]) => fault),
    ...endpoints
      .filter(({ port }) => !listening.has(port))
      .map(({ name, port }) => `The endpoint ${name} leads to ${port}, where nothing listens`),
    ...endpoints
      .filter(({ name, public: isPublic }) => isPublic && name !== endpoint)
      .map(({ name }) => `The endpoint ${name} is public and the app does not open with it`),
    ...service.serviceRoles.flatMap(({ name, endpoints: own }) => [
      ...own
        .filter((used) => !endpoints.some((known) => known.name === used))
        .map((used) => `The service role ${name} names the endpoint ${used}, which is not there`),
      ...(granted.some(([, of, role]) => of === created && role === name)
        ? []
        : [`setup.sql grants the service role ${name} to no application role`]),
    ]),
    ...granted
      .filter(([, of, role]) => of !== created || !service.serviceRoles.some(({ name }) => name === role))
      .map(([, of, role]) => `setup.sql grants the service role ${of}!${role}, which is not there`),
  ];
};

const GRANT = /^GRANT SERVICE ROLE ([^\s!]+)!(\S+) TO APPLICATION ROLE \S+$/i;
