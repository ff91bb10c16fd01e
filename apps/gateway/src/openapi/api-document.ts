import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ACCESS_COOKIE } from '../security/cookies';

export const API_PREFIX = 'api/v1';
export const DOCS_PATH = `${API_PREFIX}/docs`;

const JWT_RULES = 'By RFC8725: ES256 alone, key by id, issuer, audience and time are checked';

/** The OpenAPI 3.1 document of every route, from the controllers and the DTO classes themselves. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('SnowFlow')
    .setDescription('Build and run data workflows inside your own Snowflake, as your own role.')
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This gateway')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: JWT_RULES })
    .addCookieAuth(ACCESS_COOKIE, { type: 'apiKey', in: 'cookie' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api-key')
    .addTag('auth', 'Sign in and out, choose role and warehouse')
    .addTag('catalog', 'Databases, schemas, sources and previews, as your role sees them')
    .addTag('workflows', 'Drafts and their revisions')
    .addTag('published', 'Workflows as an API, called with a key')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: JWT_RULES }, 'embed-token')
    .addTag('embed', 'Workflows in frames of other pages, by short-lived tokens')
    .addTag('credentials', 'Secrets for runs without their person: written, never read')
    .addTag('admin', 'Members, settings and OAuth clients of the tenant; for owners and admins')
    .addTag('runs', 'Start, watch and cancel runs')
    .addTag('approvals', 'What runs wait for people to decide')
    .addTag('results', 'Rows of a run, read with your own Snowflake session')
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the document at /api/v1/openapi.json and a page for people at /api/v1/docs. */
export function serveApiDocument(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => apiDocument(app), {
    jsonDocumentUrl: `${API_PREFIX}/openapi.json`,
    raw: ['json'],
    customSiteTitle: 'SnowFlow API',
  });
}
