import type { RuleDefinition } from '../../../../../server/rules/contract.ts'

const DAY = 24 * 60

/** A ready-made rule to begin with. Its texts are keys, filled in by the language in which it is chosen. */
export interface RulePreset {
  key: PresetKey
  /** Offered only where the office has one. */
  needs?: 'calendar'
  /** Makes the rule; `text` says a sentence of this preset, `calendarId` is the office's own calendar. */
  rule: (say: {
    text: (what: string) => string
    calendarId: string | null
    vipId: string | null
  }) => Omit<RuleDefinition, 'name'>
}

export const presetKeys = [
  'vipStopped',
  'distribute',
  'unassigned',
  'remindCustomer',
  'closeResolved',
  'outOfHours',
] as const
export type PresetKey = (typeof presetKeys)[number]

/** They name rows by the keys that every desk has; what an office defines itself is left to be chosen. */
export const presets: readonly RulePreset[] = [
  {
    key: 'vipStopped',
    rule: ({ text, vipId }) => ({
      on: ['ticket.created', 'message.received'],
      when: {
        all: [
          ...(vipId ? [{ field: 'customer.tier' as const, op: 'is' as const, value: vipId }] : []),
          {
            any: (['subject', 'message'] as const).map((field) => ({
              field,
              op: 'containsWord' as const,
              value: text('words')
                .split(',')
                .map((word) => word.trim()),
            })),
          },
        ],
      },
      after: null,
      then: [
        { do: 'setPriority', value: 'urgent' },
        { do: 'raiseAlert', value: { severity: 'urgent', to: ['team', 'supervisors'], text: text('alert') } },
      ],
      stop: false,
    }),
  },
  {
    key: 'distribute',
    rule: () => ({
      on: ['ticket.created'],
      when: { all: [{ field: 'agent', op: 'empty' }] },
      after: null,
      then: [
        {
          do: 'assign',
          value: {
            strategy: 'leastLoaded',
            teamId: null,
            skills: [],
            language: false,
            tier: false,
            lastAgent: true,
            mode: 'assign',
            offerSeconds: 45,
          },
        },
      ],
      stop: false,
    }),
  },
  {
    key: 'unassigned',
    rule: ({ text }) => ({
      on: ['time'],
      when: {
        all: [
          { field: 'agent', op: 'empty' },
          { field: 'statusClass', op: 'in', value: ['new', 'open'] },
        ],
      },
      after: { minutes: 10, business: false, since: 'state' },
      then: [{ do: 'raiseAlert', value: { severity: 'warning', to: ['supervisors'], text: text('alert') } }],
      stop: false,
    }),
  },
  {
    key: 'remindCustomer',
    rule: ({ text }) => ({
      on: ['time'],
      when: { all: [{ field: 'statusClass', op: 'is', value: 'waiting' }] },
      after: { minutes: 3 * DAY, business: false, since: 'state' },
      then: [{ do: 'reply', value: text('reply') }],
      stop: false,
    }),
  },
  {
    key: 'closeResolved',
    rule: () => ({
      on: ['time'],
      when: { all: [{ field: 'statusClass', op: 'is', value: 'resolved' }] },
      after: { minutes: 5 * DAY, business: false, since: 'state' },
      then: [{ do: 'close', value: null }],
      stop: false,
    }),
  },
  {
    key: 'outOfHours',
    needs: 'calendar',
    rule: ({ text, calendarId }) => ({
      on: ['ticket.created'],
      when: {
        all: [
          { field: 'calendar', op: 'isNot', value: calendarId ?? '' },
          { field: 'actor', op: 'is', value: 'customer' },
        ],
      },
      after: null,
      then: [{ do: 'reply', value: text('reply') }],
      stop: false,
    }),
  },
]
