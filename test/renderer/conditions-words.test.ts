import { describe, expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import {
  conditionFields,
  fieldsFor,
  operatorsFor,
  specOf,
  type ConditionField,
  type ConditionTree,
  type ConditionUse,
} from '../../server/conditions/contract.ts'
import { newCondition, withOperator } from '../../src-renderer/conditions/condition-draft.ts'
import { conditionWords, remoteIds } from '../../src-renderer/conditions/condition-words.ts'
import { fieldKey, operatorKey } from '../../src-renderer/conditions/names.ts'
import en from '../../src-renderer/i18n/messages/en/conditions.json'
import es from '../../src-renderer/i18n/messages/es/conditions.json'
import pt from '../../src-renderer/i18n/messages/pt-BR/conditions.json'

const messages = { 'pt-BR': { conditions: pt }, en: { conditions: en }, es: { conditions: es } }
const list = (type: 'conjunction' | 'disjunction') => (parts: readonly string[]) =>
  new Intl.ListFormat('pt-BR', { type }).format(parts)

function speaker(locale: 'pt-BR' | 'en' | 'es') {
  const { t } = createI18n({ legacy: false, locale, messages }).global
  return {
    t: (key: string, values: Record<string, unknown> = {}) => t(key, values),
    and: list('conjunction'),
    or: list('disjunction'),
    valueName: (_field: ConditionField, value: string) => value.toUpperCase(),
  }
}
const say = (tree: ConditionTree) => conditionWords(tree, speaker('pt-BR'))

describe('conditions in words', () => {
  test.each<[ConditionTree, string]>([
    [{ field: 'priority', op: 'in', value: ['alta', 'urgente'] }, 'Prioridade: ALTA ou URGENTE'],
    [{ field: 'team', op: 'isNot', value: 'n1' }, 'Equipe: menos N1'],
    [{ field: 'tags', op: 'empty' }, 'Etiquetas: vazio'],
    [{ field: 'tags', op: 'notIn', value: ['a', 'b'] }, 'Etiquetas: menos A ou B'],
    [{ field: 'tags', op: 'changedTo', value: 'a' }, 'Etiquetas: recebeu A'],
    [
      { field: 'priority', op: 'changedFrom', value: ['alta', 'baixa'] },
      'Prioridade deixou de ser ALTA ou BAIXA',
    ],
    [{ field: 'subject', op: 'changed' }, 'Assunto mudou'],
    [
      { field: 'message', op: 'containsWord', value: ['parado', 'não abre'] },
      'Mensagem tem “PARADO” ou “NÃO ABRE”',
    ],
    [{ field: 'age', op: 'gt', value: '60' }, 'Idade do ticket: mais de 60'],
    [{ field: 'createdAt', op: 'lt', value: '-p7d' }, 'Criado em antes de -P7D'],
    [{ field: 'calendar', op: 'isNot', value: 'comercial' }, 'fora do horário COMERCIAL'],
    [
      {
        all: [
          { field: 'customer.tier', op: 'is', value: 'vip' },
          {
            any: [
              { field: 'subject', op: 'contains', value: 'nfe' },
              { field: 'channel', op: 'is', value: 'phone' },
            ],
          },
        ],
      },
      'Nível do cliente: VIP e (Assunto contém “NFE” ou Canal: PHONE)',
    ],
    [{ none: [{ field: 'type', op: 'is', value: 'bug' }] }, 'menos (Tipo: BUG)'],
  ])('%j', (tree, text) => {
    expect(say(tree)).toBe(text)
  })

  test('what a filter looks through is not called a message', () => {
    const tree: ConditionTree = { field: 'message', op: 'contains', value: 'boleto' }
    expect(conditionWords(tree, speaker('pt-BR'), 'view')).toBe('Texto do ticket contém “BOLETO”')
  })

  test('customers and organisations are asked for by name', () => {
    const tree: ConditionTree = {
      all: [
        { field: 'requester', op: 'is', value: 'c1' },
        { none: [{ field: 'customer.organization', op: 'in', value: ['o1', 'o2'] }] },
        { field: 'team', op: 'is', value: 't1' },
      ],
    }
    expect(remoteIds(tree).map(({ id }) => id)).toEqual(['c1', 'o1', 'o2'])
  })
})

describe.each(['pt-BR', 'en', 'es'] as const)('in %s', (locale) => {
  const { t, ...rest } = speaker(locale)
  const unsaid: string[] = []
  const said = (key: string) => {
    const text = t(key)
    if (text === key) unsaid.push(key)
    return text
  }

  test('every field, operator and sentence that the table allows has its words', () => {
    for (const use of ['view', 'policy', 'rule'] satisfies ConditionUse[])
      for (const field of fieldsFor(use)) {
        said(`conditions.field.${fieldKey(field, use)}`)
        const names = operatorsFor(field, use).map((op) => {
          const condition = withOperator(newCondition(field, use), op)
          const sentence = conditionWords(condition, { t, ...rest }, use)
          expect(sentence, `${field} ${op}`).not.toContain('conditions.')
          return said(`conditions.operator.${operatorKey(field, op)}`)
        })
        expect(new Set(names).size, `${use} ${field}: two operators of one name`).toBe(names.length)
      }
    expect(unsaid).toEqual([])
  })

  test('no two fields of one asker are called the same', () => {
    for (const use of ['view', 'policy', 'rule'] satisfies ConditionUse[]) {
      const names = fieldsFor(use).map((field) => t(`conditions.field.${fieldKey(field, use)}`))
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('every option has a name', () => {
    const texts: Partial<Record<ConditionField, string>> = {
      'message.channel': 'channel',
      'message.language': 'language',
      'message.attachment': 'flag',
      urgency: 'level',
      impact: 'level',
      'sla.state': 'slaState',
    }
    for (const field of Object.keys(conditionFields) as ConditionField[])
      for (const value of specOf(field).options ?? [])
        said(`conditions.option.${texts[field] ?? field}.${value}`)
    expect(unsaid).toEqual([])
  })
})
