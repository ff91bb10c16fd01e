import {
  ArrowUpDown,
  Box,
  Columns3,
  CopyMinus,
  DatabaseZap,
  FileCode,
  FileCode2,
  Filter,
  Grid3x3,
  Hourglass,
  ListEnd,
  Merge,
  MonitorCheck,
  PanelsTopLeft,
  Rows3,
  Sigma,
  Split,
  SquareCode,
  Table2,
  TableProperties,
  UnfoldVertical,
  UserCheck,
  type LucideIcon,
} from 'lucide-react';

/** The icons that node definitions name. Listed one by one, so that the page loads these and not the whole set. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  'arrow-up-down': ArrowUpDown,
  'columns-3': Columns3,
  'copy-minus': CopyMinus,
  'database-zap': DatabaseZap,
  'file-code': FileCode,
  'file-code-2': FileCode2,
  filter: Filter,
  'grid-3x3': Grid3x3,
  hourglass: Hourglass,
  'list-end': ListEnd,
  merge: Merge,
  'monitor-check': MonitorCheck,
  'panels-top-left': PanelsTopLeft,
  'rows-3': Rows3,
  sigma: Sigma,
  split: Split,
  'square-code': SquareCode,
  'table-2': Table2,
  'table-properties': TableProperties,
  'unfold-vertical': UnfoldVertical,
  'user-check': UserCheck,
};

export function nodeIcon(name: string | undefined): LucideIcon {
  return (name !== undefined && ICONS[name]) || Box;
}
