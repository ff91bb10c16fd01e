import { TEMPLATE_CATEGORIES, type TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { messageOf } from '../api/api-error';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { CATEGORY_NAMES, categoryIn } from '../features/templates/categories';
import { TemplateCard } from '../features/templates/TemplateCard';
import { TemplateDialog } from '../features/templates/TemplateDialog';
import { useTemplates } from '../features/templates/use-templates';
import './TemplatesPage.css';

const TYPING_MS = 200;

/** The gallery. What is searched, the category and the opened template stand in the address. */
export function TemplatesPage() {
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const category = categoryIn(params.get('category'));
  const opened = params.get('template');
  const [typed, setTyped] = useState(search);
  const templates = useTemplates(search, category);
  const items = templates.data?.pages.flatMap((page) => page.items);

  const to = (parts: Parts) => `/templates?${withParts(params, parts).toString()}`;

  useEffect(() => {
    document.title = 'Templates · SnowFlow';
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== search) setParams((now) => withParts(now, { search: typed.trim() }), { replace: true });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, setParams]);

  return (
    <PageFrame skipTo="templates">
      <header className="page-head">
        <h1>Templates</h1>
        <search className="templates-search">
          <Search size={16} aria-hidden />
          <input
            className="control"
            type="search"
            aria-label="Search templates"
            placeholder="Search templates"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </search>
      </header>
      <nav className="templates-categories" aria-label="Categories">
        {[undefined, ...TEMPLATE_CATEGORIES].map((one: TemplateCategory | undefined) => (
          <Link
            key={one ?? 'all'}
            to={to({ category: one ?? '' })}
            replace
            aria-current={one === category ? 'true' : undefined}
          >
            {one ? CATEGORY_NAMES[one] : 'All'}
          </Link>
        ))}
      </nav>
      {templates.error && (
        <Notice
          tone="danger"
          title="The templates could not be read."
          action={<Button onClick={() => void templates.refetch()}>Try now</Button>}
        >
          {messageOf(templates.error)}
        </Notice>
      )}
      {items?.length === 0 && (
        <div className="page-card">
          <EmptyState
            title="No template matches."
            text="Try another word or category."
            action={
              <Button
                onClick={() => {
                  setTyped('');
                  setParams({}, { replace: true });
                }}
              >
                Clear filters
              </Button>
            }
          />
        </div>
      )}
      <div className="templates-grid" aria-busy={templates.isPending}>
        {items?.map((template) => (
          <TemplateCard key={template.id} template={template} to={to({ template: template.id })} />
        ))}
      </div>
      {templates.hasNextPage && (
        <Button onClick={() => void templates.fetchNextPage()} aria-busy={templates.isFetchingNextPage}>
          Show more
        </Button>
      )}
      {opened && (
        <TemplateDialog
          key={opened}
          id={opened}
          onClose={() => setParams(withParts(params, { template: '' }), { replace: true })}
        />
      )}
    </PageFrame>
  );
}

type Parts = Record<string, string>;

/** The address with other parts; an empty one leaves it. */
function withParts(params: URLSearchParams, parts: Parts): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(parts)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}
