import { Filter, Merge, Table2, TableProperties } from 'lucide-react';
import './LoginPicture.css';

const NODES = [
  { Icon: Table2, title: 'ORDERS', detail: 'Table', group: 'source', place: 'a' },
  { Icon: Table2, title: 'CUSTOMER', detail: 'Table', group: 'source', place: 'b' },
  { Icon: Merge, title: 'Join customer', detail: 'Left · CUSTKEY', group: 'shape', place: 'c' },
  { Icon: Filter, title: 'Building segment', detail: '1 condition', group: 'shape', place: 'd' },
  { Icon: TableProperties, title: 'Revenue', detail: 'Result', group: 'output', place: 'e' },
];

/** A small drawing of a workflow; decoration, so it claims no numbers. */
export function LoginPicture() {
  return (
    <div className="login-picture" aria-hidden="true">
      <svg viewBox="0 0 640 180" fill="none">
        <path d="M192 25H200a10 10 0 0 1 10 10V80a10 10 0 0 0 10 10H224" />
        <path d="M192 155H200a10 10 0 0 0 10-10V100a10 10 0 0 1 10-10H224" />
        <path d="M416 90H420a10 10 0 0 0 10-10V35a10 10 0 0 1 10-10H448" />
        <path d="M416 90H420a10 10 0 0 1 10 10V145a10 10 0 0 0 10 10H448" className="login-picture-next" />
      </svg>
      {NODES.map(({ Icon, title, detail, group, place }) => (
        <div key={title} className={`login-node login-node-${place}`} data-group={group}>
          <span className="tile">
            <Icon size={16} />
          </span>
          <span>
            <strong>{title}</strong>
            <small>{detail}</small>
          </span>
        </div>
      ))}
    </div>
  );
}
