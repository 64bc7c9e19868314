import { describe, expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import { keptShare, sharePercent } from '../../src-renderer/features/settings/promises/policies/attainment.ts'
import type { LevelDraft } from '../../src-renderer/features/settings/promises/policies/ladder.ts'
import {
  levelSentence,
  shortMoment,
  type SentenceWords,
} from '../../src-renderer/features/settings/promises/policies/level-words.ts'
import sla from '../../src-renderer/i18n/messages/pt-BR/sla.json'

const { t } = createI18n({ legacy: false, locale: 'pt-BR', messages: { 'pt-BR': { sla } } }).global
const list = (type: 'conjunction' | 'disjunction') => (parts: readonly string[]) =>
  new Intl.ListFormat('pt-BR', { type }).format(parts)

const words: SentenceWords = {
  t: (key, values = {}, plural = 1) => t(key, values, plural),
  and: list('conjunction'),
  write: (minutes) => `${minutes} min`,
  nameOf: (what, id) =>
    id === 'gone' ? null : { agent: 'Bruno', team: 'Plantão', priority: 'Urgente' }[what],
}
const aLevel = (parts: Partial<LevelDraft>): LevelDraft => ({
  key: 'k',
  id: null,
  metric: 'firstResponse',
  moment: 'percent',
  amount: '80',
  notify: ['agent'],
  actions: [],
  ...parts,
})

describe('a level explains itself', () => {
  test.each<[Partial<LevelDraft>, string]>([
    [{}, 'Aos 80% da 1ª resposta avisa o responsável'],
    [
      { metric: 'resolution', moment: 'before', amount: '30', notify: ['agent', 'supervisors'] },
      '30 min antes do prazo da solução avisa o responsável e os supervisores',
    ],
    [
      {
        metric: 'nextResponse',
        moment: 'deadline',
        notify: ['team'],
        actions: [{ do: 'setPriority', value: 'p' }],
      },
      'No prazo da próxima resposta avisa a equipe, muda a prioridade para Urgente',
    ],
    [
      {
        moment: 'after',
        amount: '1h',
        notify: ['someone'],
        actions: [
          { do: 'setTeam', value: 't' },
          { do: 'setAgent', value: 'a' },
          { do: 'addTags', value: ['sla', 'atraso'] },
          { do: 'addNote', value: 'Ligar.' },
        ],
      },
      '60 min depois do prazo da 1ª resposta avisa Bruno, passa para a equipe Plantão, atribui a Bruno, ' +
        'põe as etiquetas sla e atraso, escreve uma nota',
    ],
    [{ notify: ['gone'] }, 'Aos 80% da 1ª resposta avisa alguém que saiu'],
    [{ notify: [] }, 'Aos 80% da 1ª resposta ainda não faz nada'],
    [{ moment: 'before', amount: '' }, '… antes do prazo da 1ª resposta avisa o responsável'],
    [
      { notify: [], actions: [{ do: 'addTags', value: ['sla'] }] },
      'Aos 80% da 1ª resposta põe a etiqueta sla',
    ],
  ])('%j', (parts, sentence) => {
    expect(levelSentence(aLevel(parts), words)).toBe(sentence)
  })

  test('in few words where its clock stands beside it', () => {
    expect(shortMoment(aLevel({}), words)).toBe('Aos 80%')
    expect(shortMoment(aLevel({ moment: 'after', amount: '2h' }), words)).toBe('120 min depois')
    expect(shortMoment(aLevel({ moment: 'deadline' }), words)).toBe('No prazo')
  })
})

test('attainment never rounds a missed promise away', () => {
  expect(keptShare({ met: 0, breached: 0 })).toBeNull()
  expect(sharePercent(keptShare({ met: 999, breached: 1 }) ?? 0)).toBe(99)
  expect(sharePercent(keptShare({ met: 1, breached: 999 }) ?? 0)).toBe(1)
  expect(sharePercent(keptShare({ met: 3, breached: 1 }) ?? 0)).toBe(75)
  expect(sharePercent(1)).toBe(100)
})
