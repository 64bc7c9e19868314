import { describe, expect, it } from 'vitest'
import type { MacroView } from '../../server/macros/contract.ts'
import { foldersOf, inFolders } from '../../src-renderer/features/settings/automation/macros/macro-folders.ts'
import {
  blankMacro,
  incompleteActions,
  macroChanges,
  macroOf,
  toMacroDraft,
} from '../../src-renderer/features/settings/automation/macros/macro-draft.ts'
import { blankDraft, withText } from '../../src-renderer/features/ticket/composer/composer-draft.ts'
import { findMacros, slashQuery } from '../../src-renderer/features/ticket/macros/find-macros.ts'
import {
  macrosOfReply,
  restaged,
  staged,
  stagedEffects,
  withoutEffect,
  type StagedMacro,
} from '../../src-renderer/features/ticket/macros/staged-macros.ts'

const aMacro = (id: string, macro: Partial<MacroView> = {}): MacroView => ({
  ...{ id, name: id, folder: '', body: '<p>Olá</p>', actions: [], shortcut: null, teamIds: [], position: 0 },
  ...{ version: 1, archived: false },
  ...macro,
})

describe('a slash opens the list', () => {
  it.each([
    ['at the beginning', '/', ''],
    ['with what was typed', 'Olá /bol', 'bol'],
    ['with several words', 'Olá /segunda via', 'segunda via'],
    ['after a line break', 'Olá\n/bol', 'bol'],
    ['never within a word', 'e/ou', null],
    ['never in a date', '10/11', null],
    ['never in an address', 'https://ipe.example/boleto', null],
    ['never before a space', 'um / dois', null],
    ['nor far behind', `/${'x'.repeat(41)}`, null],
  ])('%s', (_, text, query) => expect(slashQuery(text)).toBe(query))
})

describe('what was typed finds', () => {
  const macros = [
    aMacro('Boas-vindas', { shortcut: 'oi' }),
    aMacro('Segunda via do boleto', { shortcut: 'via', folder: 'Financeiro/Boletos' }),
    aMacro('Viagem', { shortcut: 'viagem' }),
    aMacro('Solução remota'),
  ]
  it.each([
    ['a shortcut that is just so first', 'via', ['Segunda via do boleto', 'Viagem']],
    ['the beginning of a shortcut', 'viag', ['Viagem']],
    ['a name whatever its accents', 'solucao', ['Solução remota']],
    ['words of the folder', 'financeiro', ['Segunda via do boleto']],
    ['every word, wherever it stands', 'boleto segunda', ['Segunda via do boleto']],
    ['everything when nothing was typed', '', macros.map(({ name }) => name)],
  ])('%s', (_, query, names) => expect(findMacros(macros, query).map(({ name }) => name)).toEqual(names))
})

describe('what sending will do', () => {
  const boleto: StagedMacro = {
    ...{ id: 'b', name: 'Boleto', leftOut: [] },
    effects: [
      { do: 'setPriority', property: 'priorityId', value: ['Alta'] },
      { do: 'addNote', property: null, value: ['Enviado'] },
    ],
  }
  const greeting: StagedMacro = { id: 'g', name: 'Saudação', effects: [], leftOut: [] }

  it('is what was not taken out, and a reply says both', () => {
    const macros = withoutEffect([greeting, boleto], 'b', 'addNote')
    expect(stagedEffects(macros).map(({ effect }) => effect.do)).toEqual(['setPriority'])
    expect(macrosOfReply(macros)).toEqual({
      macroIds: ['g', 'b'],
      macroLeftOut: [{ macroId: 'b', do: 'addNote' }],
    })
  })

  it('of several fields that it fills one may be taken out', () => {
    const fill = (key: string) =>
      ({ do: 'setField', property: 'fields', value: null, field: { key, value: 'x' } }) as const
    const filling: StagedMacro = { ...greeting, effects: [fill('serial'), fill('cost')] }
    const macros = withoutEffect([filling], 'g', 'setField:serial')
    expect(stagedEffects(macros).map(({ effect }) => effect.field?.key)).toEqual(['cost'])
    expect(macrosOfReply(macros).macroLeftOut).toEqual([{ macroId: 'g', do: 'setField:serial' }])
  })

  it('a reply without any says nothing of them', () => expect(macrosOfReply([])).toEqual({}))

  it('one inserted twice is done once, with all of it', () => {
    const macros = staged(withoutEffect([boleto], 'b', 'addNote'), boleto)
    expect(macros).toEqual([boleto])
  })

  it('comes back with a reply that was refused, without what was taken out', () => {
    const macro = aMacro('b', {
      ...{
        name: 'Boleto',
        actions: [
          { do: 'setPriority', value: 'high' },
          { do: 'addNote', value: 'Enviado' },
        ],
      },
    })
    const reply = macrosOfReply(withoutEffect([boleto], 'b', 'addNote'))
    const back = restaged(reply, [macro], () => boleto.effects)
    expect(back).toEqual(withoutEffect([boleto], 'b', 'addNote'))
    expect(restaged(reply, [], () => [])).toEqual([])
    const draft = withText(blankDraft(), 'public', { html: '<p>Olá</p>', files: [], macros: back })
    expect(draft.public.macros).toEqual(back)
    expect(withText(draft, 'note', { html: '<p>x</p>', files: [] }).note).toEqual({
      html: '<p>x</p>',
      files: [],
    })
  })
})

describe('the form', () => {
  it('takes a shortcut with or without its slash, in small letters', () => {
    expect(macroOf({ ...blankMacro(), shortcut: ' /Boleto ' }).shortcut).toBe('boleto')
    expect(macroOf({ ...blankMacro(), shortcut: '/' }).shortcut).toBeNull()
  })

  it('sends only what differs', () => {
    const start = toMacroDraft(aMacro('a', { actions: [{ do: 'close', value: null }] }))
    expect(macroChanges(start, { ...start, name: 'b' })).toEqual({ name: 'b' })
    expect(macroChanges(start, structuredClone(start))).toEqual({})
  })

  it('keeps the lines of a text that came without markup', () => {
    expect(toMacroDraft(aMacro('a', { body: 'Olá & tchau\n1 < 2' })).body).toBe(
      '<p>Olá &amp; tchau</p><p>1 &lt; 2</p>',
    )
  })

  it('finds actions for which nothing was chosen; nobody is a choice', () => {
    expect(
      incompleteActions({
        actions: [
          { do: 'setTeam', value: '' },
          { do: 'setAgent', value: null },
          { do: 'addTags', value: [] },
        ],
      }),
    ).toEqual([0, 2])
  })
})

describe('folders', () => {
  const macros = [
    aMacro('c', { folder: 'Suporte' }),
    aMacro('a', { folder: 'Financeiro/Boletos' }),
    aMacro('b'),
  ]
  it('stand in the order of their names, what lies in none first', () => {
    expect(inFolders(macros, '').map(({ title }) => title)).toEqual(['', 'Financeiro › Boletos', 'Suporte'])
    expect(inFolders(macros, 'boletos').map(({ title }) => title)).toEqual(['Financeiro › Boletos'])
  })
  it('can be chosen with those that they lie in', () => {
    expect(foldersOf(macros)).toEqual(['Financeiro', 'Financeiro/Boletos', 'Suporte'])
  })
})
