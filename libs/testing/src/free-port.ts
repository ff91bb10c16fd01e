export { freePort } from '@snowflow/platform/process/free-port';
