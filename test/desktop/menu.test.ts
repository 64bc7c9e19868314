import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src-main/ipc/contract.ts'
import { chooseLanguage } from '../../src-main/language.ts'
import { menuModel } from '../../src-main/menu/model.ts'
import { menuWords } from '../../src-main/menu/words.ts'
import { createComputer } from '../support/electron/computer.ts'
import { useShell } from '../support/electron/use-desktop.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'

const shell = useShell()

function menuTitles(desktop: Desktop): (string | undefined)[] {
  return (desktop.electron.menu ?? []).map((item) => item.label)
}

test.each([
  [['pt-PT', 'en'], 'pt-BR'],
  [['es-MX'], 'es'],
  [['fr-FR', 'en-GB', 'es'], 'en'],
  [['ja'], 'pt-BR'],
  [[], 'pt-BR'],
])('a system that wants %j gets %s', (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language)
})

test('the menu speaks the system’s language until the user chooses another, which is remembered', async () => {
  const computer = await createComputer()
  computer.languages = ['es-AR']
  const first = await shell.start({ computer })
  await first.page()
  expect(menuTitles(first)).toContain('Ventana')

  await (await first.page()).evaluate(() => window.balcao?.setLanguage('en'))
  expect(menuTitles(first)).toContain('Window')
  await first.quit()

  const again = await shell.start({ computer })
  await again.page()
  expect(menuTitles(again)).toContain('Window')
})

test.each(LANGUAGES)('no word of the menu in %s is empty', (language) => {
  expect(Object.values(menuWords[language]).filter((word) => word.trim() === '')).toEqual([])
})

test('a Mac has its application menu, the others put quitting under the first menu', () => {
  const [application] = menuModel({ platform: 'macos', language: 'en', isSignedIn: true })
  expect(application?.label).toBe('Balcão')
  expect(application?.entries).toContainEqual({ role: 'hideOthers', label: 'Hide Others' })

  const [file] = menuModel({ platform: 'windows', language: 'pt-BR', isSignedIn: true })
  expect(file?.label).toBe('Arquivo')
  expect(file?.entries.at(-1)).toEqual({ role: 'quit', label: 'Sair do Balcão' })
  const onWindows = menuModel({ platform: 'windows', language: 'en', isSignedIn: true })
  expect(onWindows.flatMap(({ entries }) => entries)).not.toContainEqual(
    expect.objectContaining({ role: 'hide' }),
  )
})

function rightClick(desktop: Desktop, clicked: object): (string | undefined)[] {
  desktop
    .window()
    .webContents.emit(
      'context-menu',
      {},
      { isEditable: false, selectionText: '', dictionarySuggestions: [], ...clicked },
    )
  return (desktop.electron.contextMenu ?? []).map((item) => item.label ?? item.type)
}

test('a right click offers what can be done with what is under the pointer, in the menu’s language', async () => {
  const desktop = await shell.start()

  rightClick(desktop, {})
  expect(desktop.electron.contextMenu).toBeNull()
  expect(rightClick(desktop, { selectionText: '2026-000123' })).toEqual(['Copiar'])
  expect(rightClick(desktop, { isEditable: true })).toEqual(['Colar', 'separator', 'Selecionar tudo'])
  expect(
    rightClick(desktop, {
      isEditable: true,
      selectionText: 'impresora',
      dictionarySuggestions: ['impressora'],
    }),
  ).toEqual(['impressora', 'separator', 'Recortar', 'Copiar', 'Colar', 'separator', 'Selecionar tudo'])
})

test('a correction replaces the misspelt word', async () => {
  const desktop = await shell.start()
  rightClick(desktop, { isEditable: true, dictionarySuggestions: ['impressora'] })
  const correct = desktop.electron.contextMenu?.[0]?.click as (() => void) | undefined
  correct?.()

  expect(desktop.window().webContents.corrections).toEqual(['impressora'])
})
