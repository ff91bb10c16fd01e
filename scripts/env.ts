/** The launcher's environment: what it sets itself is in docs/DEVELOPMENT.md, everything is passed on to the services. */
export function readEnv(): NodeJS.ProcessEnv {
  return process.env;
}
