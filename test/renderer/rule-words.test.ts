import { expect, test } from 'vitest'
import { matterOf } from '../../server/alerts/matter.contract.ts'
import { ruleDefinitionSchema, type RuleEffect, type RulePreview } from '../../server/rules/contract.ts'
import {
  changeWords,
  effectWords,
  previewTotals,
} from '../../src-renderer/features/settings/automation/rules/preview-words.ts'
import {
  ruleSentence,
  type RuleWords,
} from '../../src-renderer/features/settings/automation/rules/rule-words.ts'
import rules from '../../src-renderer/i18n/messages/pt-BR/rules.json' with { type: 'json' }

const PERSON = '01938f00-0000-7000-8000-00000000000e'

/** As the screen says it in the original language, without the whole of the client. */
function t(key: string, values: Record<string, unknown> = {}, plural = 1): string {
  const found = key
    .split('.')
    .slice(1)
    .reduce<unknown>((texts, part) => (texts as Record<string, unknown>)?.[part], rules)
  if (typeof found !== 'string') throw new Error(`no text ${key}`)
  const forms = found.split(' | ')
  const form = forms.length > 1 && plural !== 1 ? forms[1] : forms[0]
  return (form ?? '').replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
const list = (type: 'conjunction' | 'disjunction') => (parts: readonly string[]) =>
  new Intl.ListFormat('pt-BR', { type }).format(parts)
const names: Record<string, string> = { urgent: 'Urgente', n2: 'Suporte N2', high: 'alta' }
const words: RuleWords = {
  t,
  and: list('conjunction'),
  or: list('disjunction'),
  conditions: () => 'Nível do cliente: VIP e Assunto contém “parado”',
  delay: ({ minutes }) => `${minutes} minutos`,
  fieldName: (key) => ({ sector: 'Setor' })[key] ?? key,
  fieldValue: (_, value) => ({ shop: 'Loja' })[String(value)] ?? String(value),
  nameOf: (_, ref) => names[ref] ?? null,
}
const rule = (parts: object) =>
  ruleDefinitionSchema.parse({
    ...{
      name: 'R',
      on: ['ticket.created'],
      when: { all: [{ field: 'subject', op: 'contains', value: 'x' }] },
    },
    ...{ then: [{ do: 'close' }], ...parts },
  })

test('the trial rule is said in one sentence', () => {
  const then = [
    { do: 'setPriority', value: 'urgent' },
    { do: 'setTeam', value: 'n2' },
    { do: 'raiseAlert', value: { severity: 'urgent', to: ['team', 'supervisors'], text: 'Parado' } },
  ]
  expect(ruleSentence(rule({ then }), words)).toBe(
    'Quando um ticket chega · Nível do cliente: VIP e Assunto contém “parado” → Prioridade Urgente, Equipe Suporte N2, alerta urgente para a equipe e os supervisores',
  )
})

test.each([
  [
    { on: ['ticket.created', 'message.received'], when: null },
    'Quando um ticket chega ou o cliente escreve · qualquer ticket → fecha o ticket',
  ],
  [{ stop: true, when: null }, 'Quando um ticket chega · qualquer ticket → fecha o ticket, para aqui'],
  [
    {
      on: ['time'],
      after: { minutes: 10, since: 'state' },
      when: null,
      then: [{ do: 'setAgent', value: null }],
    },
    'Depois de 10 minutos com estas condições valendo · qualquer ticket → sem responsável',
  ],
  [
    { when: null, then: [{ do: 'setTeam', value: 'gone' }] },
    'Quando um ticket chega · qualquer ticket → Equipe (removido)',
  ],
  [
    { when: null, then: [{ do: 'addTags', value: ['a', 'b'] }] },
    'Quando um ticket chega · qualquer ticket → etiquetas a e b',
  ],
  [
    {
      when: null,
      then: [
        { do: 'setField', value: { key: 'sector', value: 'shop' } },
        { do: 'setDue', value: { after: { minutes: 90, business: true } } },
      ],
    },
    'Quando um ticket chega · qualquer ticket → Setor: Loja, prazo daqui a 90 minutos',
  ],
  [
    {
      when: null,
      then: [
        { do: 'setField', value: { key: 'sector', value: null } },
        { do: 'setDue', value: null },
      ],
    },
    'Quando um ticket chega · qualquer ticket → esvazia Setor, tira o prazo manual',
  ],
  [
    { when: null, then: [{ do: 'notify', value: { to: [PERSON], text: 'x' } }] },
    'Quando um ticket chega · qualquer ticket → avisa (removido)',
  ],
  [
    { when: null, then: [{ do: 'assign', value: { strategy: 'roundRobin', mode: 'offer' } }] },
    'Quando um ticket chega · qualquer ticket → oferece a um de cada vez',
  ],
])('%o is said as "%s"', (parts, sentence) => {
  expect(ruleSentence(rule(parts), words)).toBe(sentence)
})

test('every action and every trigger has words', () => {
  const then = [
    { do: 'setStatus', value: 'x' },
    { do: 'setType', value: null },
    { do: 'setCategory', value: 'x' },
    { do: 'setUrgency', value: 'high' },
    { do: 'setImpact', value: null },
    { do: 'removeTags', value: ['a'] },
    { do: 'addNote', value: 'x' },
    { do: 'reply', value: 'x' },
    { do: 'webhook', value: PERSON },
    { do: 'remind', value: { after: { minutes: 5 }, to: ['agent'], text: 'x' } },
    { do: 'followUp', value: { after: { minutes: 5 }, text: 'x' } },
    { do: 'mergeInto', value: 'oldestOpenOfRequester' },
    { do: 'applySuggestion', value: { field: 'type', minConfidence: 0.8 } },
    { do: 'stop' },
  ]
  const on = ['ticket.updated', 'message.sent', 'note.added', 'sla.warning', 'sla.breached']
  expect(ruleSentence(rule({ on, then }), words)).toContain('para aqui')
})

const preview = (parts: Partial<RulePreview>): RulePreview => ({
  ...{ matched: [], total: 0, tickets: 0, events: 10, counts: {}, unsure: [], loops: [] },
  ...parts,
})

test('a preview is summed up in words', () => {
  const counts = { changed: 41, reply: 12, alert: 1 }
  expect(previewTotals(preview({ tickets: 41, total: 60, counts }), words, String)).toBe(
    'Teria mudado 41 tickets, enviado 12 mensagens e gerado 1 alerta.',
  )
  expect(previewTotals(preview({}), words, String)).toBe('')
  expect(previewTotals(preview({ tickets: 2, total: 2 }), words, String)).toContain('já estavam assim')
})

test('what one match would have done is told with names', () => {
  const change = { priorityId: { from: 'n', to: 'u' } }
  const says = {
    propertyName: () => 'Prioridade',
    valueName: (_: string, value: unknown) => `<${value as string}>`,
  }
  expect(changeWords(change, says)).toEqual(['Prioridade: <n> → <u>'])
  const alert: RuleEffect = { type: 'alert', severity: 'urgent', to: ['supervisors'], text: 'Parado' }
  expect(effectWords(alert, words, String)).toBe('Alerta urgente para os supervisores: “Parado”')
  const reply = { type: 'reply', text: `<p>Oi,</p> <p>${'muito '.repeat(60)}</p>` } as const
  const said = effectWords(reply, words, String)
  expect(said).toMatch(/^Resposta: “Oi, muito muito.*…”$/)
})

test.each([
  ['rule.raised', { rule: 'VIP', text: 'Parado' }, { says: 'said', rule: 'VIP', text: 'Parado' }],
  ['rule.notified', { rule: 'VIP', text: 'Olhe' }, { says: 'said', rule: 'VIP', text: 'Olhe' }],
  ['rule.failed', { rule: 'VIP', reason: 'x.y' }, { says: 'failed', rule: 'VIP', text: '' }],
  ['rule.loop', { rules: ['A', 'B'] }, { says: 'loop', rule: 'A, B', text: '' }],
  ['rule.replies_capped', { rule: 'VIP' }, { says: 'capped', rule: 'VIP', text: '' }],
])('alerts of rules say what %s is about', (reason, data, matter) => {
  expect(matterOf({ reason, data }, 0)).toEqual({ kind: 'rule', ...matter })
})
