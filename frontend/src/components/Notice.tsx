import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import './Notice.css';

interface NoticeProps {
  tone?: 'neutral' | 'danger' | 'warning';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  ref?: Ref<HTMLDivElement>;
  id?: string;
}

const ICONS = { neutral: Info, danger: CircleAlert, warning: TriangleAlert };

/** An inline message: cause, effect, next step, and one row of actions. */
export function Notice({ tone = 'neutral', title, children, action, ref, id }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div
      className={`notice notice-${tone}`}
      role={tone === 'danger' ? 'alert' : undefined}
      tabIndex={-1}
      ref={ref}
      id={id}
    >
      <Icon size={16} aria-hidden />
      <div>
        <strong>{title}</strong> {children}
        {action && <div className="notice-action">{action}</div>}
      </div>
    </div>
  );
}
