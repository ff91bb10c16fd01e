/**
 * The role that services work as: it can't log in, owns nothing and is no superuser, so that row-level security holds for it.
 * A connection takes it at start; what makes schemas connects as the owner.
 */
export const APP_ROLE = 'snowflow_app';

/** The setting that row-level security compares a row's tenant with. */
export const TENANT_SETTING = 'app.tenant_id';
