import { AppError } from '@snowflow/contracts/errors/app-error';
import { SLUG } from '@snowflow/contracts/workflow/publication.dto';

/** Words that stand, or may come to stand, in a path of the API. */
const RESERVED: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'auth',
  'docs',
  'embed',
  'health',
  'metrics',
  'openapi',
  'openapi-json',
  'published',
  'runs',
  'snowflow',
  'status',
  'workflows',
]);

/** Throws VALIDATION where nothing can be published under it. */
export function assertSlug(slug: string): void {
  const message = faultOf(slug);
  if (message) throw new AppError('VALIDATION', message, { errors: [{ path: 'slug', message }] });
}

function faultOf(slug: string): string | undefined {
  if (slug.length < 3 || slug.length > 60) return 'A slug has 3 to 60 characters.';
  if (!SLUG.test(slug)) {
    return 'A slug has lower-case letters, digits and single hyphens between them, such as “orders-by-region”.';
  }
  return RESERVED.has(slug) ? `“${slug}” is kept for SnowFlow itself. Choose another slug.` : undefined;
}
