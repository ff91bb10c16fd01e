import { z } from 'zod';
import { columnsAt, problem } from '../kit/column-checks';
import { count, textsAt } from '../kit/half-filled';
import type { NodeDefinition, ValueField } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { templateProblems } from '../kit/text-template';

/** `user:NAME` or `role:NAME`, as Snowflake spells them. */
const approver = z
  .string()
  .trim()
  .regex(/^(user|role):.{1,255}$/, 'Write user:NAME or role:NAME')
  .meta({ ui: { label: 'Approver', placeholder: 'role:FINANCE' } });

const minutes = z.int().min(1).max(527_040).optional();

const config = z.strictObject({
  approvers: z
    .array(approver)
    .min(1, 'Name who may approve')
    .max(50)
    .meta({ ui: { label: 'Who may approve', hint: 'Any one of them decides', addLabel: 'Add an approver' } }),
  allowRunner: z
    .boolean()
    .optional()
    .meta({ ui: { label: 'Who runs it may approve too' } }),
  message: z
    .string()
    .trim()
    .min(1, 'Say what is to be approved')
    .max(5_000)
    .meta({ ui: { label: 'Message', widget: 'textarea' } }),
  show: z
    .array(
      z.strictObject({
        label: z
          .string()
          .trim()
          .min(1)
          .max(100)
          .meta({ ui: { label: 'Label' } }),
        value: z
          .string()
          .max(5_000)
          .meta({ ui: { label: 'Value', placeholder: '{{ value.rowCount }}' } }),
      }),
    )
    .max(20)
    .optional()
    .meta({ ui: { label: 'Shown to the approver', addLabel: 'Add a value' } }),
  form: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Start with a letter; use letters, digits and _')
          .meta({ ui: { label: 'Name' } }),
        type: z
          .enum(['string', 'number', 'boolean', 'date'])
          .default('string')
          .meta({
            ui: { label: 'Type', options: { string: 'Text', number: 'Number', boolean: 'Yes or no', date: 'Date' } },
          }),
        label: z
          .string()
          .max(200)
          .optional()
          .meta({ ui: { label: 'Label', placeholder: 'As the name' } }),
        required: z
          .boolean()
          .optional()
          .meta({ ui: { label: 'Required' } }),
      }),
    )
    .max(20)
    .optional()
    .meta({ ui: { label: 'Asked of the approver', addLabel: 'Add a field' } }),
  timeoutMinutes: minutes.meta({ ui: { label: 'Time limit (minutes)' } }),
  onTimeout: z
    .enum(['reject', 'approve', 'fail'])
    .default('reject')
    .meta({
      ui: {
        label: 'After the time limit',
        widget: 'segmented',
        options: { reject: 'Reject', approve: 'Approve', fail: 'Fail' },
      },
    }),
  escalateTo: z
    .array(approver)
    .max(50)
    .optional()
    .meta({ ui: { label: 'Ask these too', addLabel: 'Add an approver' } }),
  escalateAfterMinutes: minutes.meta({ ui: { label: 'After (minutes)' } }),
  ...commonSettings,
});

export type LogicApprovalConfig = z.infer<typeof config>;

const OWN_FIELDS: readonly ValueField[] = [
  { name: 'decision', type: 'string' },
  { name: 'by', type: 'string' },
  { name: 'comment', type: 'string' },
  { name: 'timedOut', type: 'boolean' },
];

/** Somebody decides which way the run goes on. */
export const logicApproval: NodeDefinition<LogicApprovalConfig> = {
  type: 'logic.approval',
  group: 'logic',
  title: 'Approval',
  description: 'Waits until somebody approves or rejects, and goes on accordingly.',
  icon: 'user-check',
  inputs: [{ id: 'in', kind: 'either' }],
  outputs: [
    { id: 'approved', kind: 'either', label: 'approved' },
    { id: 'rejected', kind: 'either', label: 'rejected' },
  ],
  config,
  initialConfig: { approvers: [], onTimeout: 'reject' },
  order: 'keeps',
  passes: { through: 'one', reads: false },
  ownFields: ({ form = [] }) => [...OWN_FIELDS, ...form].map(({ name }) => name),
  values: ({ form = [] }) => [...OWN_FIELDS, ...form.map(({ name, type }) => ({ name, type }))],
  summary(config) {
    const approvers = textsAt(config, 'approvers');
    return approvers.length === 1
      ? `By ${approvers[0]?.slice(0, 60) ?? ''}`
      : `By any of ${count(approvers.length, 'approver')}`;
  },
  check(config, context) {
    const { message, show = [], form = [], escalateTo, escalateAfterMinutes } = config;
    const own = new Set(OWN_FIELDS.map(({ name }) => name));
    return [
      ...templateProblems('message', message, context),
      ...show.flatMap(({ value }, index) => templateProblems(`show.${index}.value`, value, context)),
      ...form.flatMap(({ name }, index) => {
        const taken = own.has(name) || form.findIndex((field) => field.name === name) < index;
        return taken ? [problem('INVALID_CONFIG', `form.${index}.name`, `The name “${name}” is taken`)] : [];
      }),
      ...((escalateTo?.length ?? 0) > 0 && escalateAfterMinutes === undefined
        ? [problem('INVALID_CONFIG', 'escalateAfterMinutes', 'Say after how many minutes these are asked too')]
        : []),
    ];
  },
  outputColumns(_config, context) {
    const columns = columnsAt(context, 'in');
    return { approved: columns, rejected: columns };
  },
  examples: [
    {
      title: 'A write that finance approves',
      config: {
        approvers: ['role:FINANCE'],
        message: 'Late shipments are to be written to the ledger.',
        form: [{ name: 'reason', type: 'string' }],
        timeoutMinutes: 1440,
        onTimeout: 'reject',
      },
    },
  ],
};
