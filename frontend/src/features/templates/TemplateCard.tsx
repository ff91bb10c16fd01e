import { useId } from 'react';
import { Link } from 'react-router';
import type { TemplateSummary } from '../../api/templates';
import { TemplatePicture } from './TemplatePicture';
import './TemplateCard.css';

/** One template of the gallery. `to` opens its details. */
export function TemplateCard({ template, to }: { template: TemplateSummary; to: string }) {
  const { name, description, tags, needs, nodes, edges, madeBy } = template;
  const title = useId();
  return (
    <article className="template-card" aria-labelledby={title}>
      <TemplatePicture nodes={nodes} edges={edges} />
      <h2 id={title}>
        <Link to={to} replace>
          {name}
        </Link>
      </h2>
      <p>{description}</p>
      <div className="template-foot">
        <ul aria-label="Tags">
          {tags.slice(0, 3).map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
        <span>{madeBy === null ? `${nodes.length} steps, needs ${needs.length}` : `By ${madeBy}`}</span>
      </div>
    </article>
  );
}
