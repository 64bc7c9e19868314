import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Viewer } from '../../server/access/viewer.ts'
import type { FileView } from '../../server/files/contract.ts'
import { Files } from '../../server/files/files.service.ts'
import { newId } from '../../server/ids.ts'
import { openCatalogOffice, type CatalogOffice } from '../support/catalog-office.ts'

const DAY = 24 * 60 * 60 * 1_000

let office: CatalogOffice
let files: Files
let ana: Viewer
let bruno: Viewer
beforeEach(async () => {
  office = await openCatalogOffice()
  files = new Files({
    ...office,
    tickets: { mayRead: () => Promise.resolve(false) },
  })
  ana = await office.hire('agent')
  bruno = await office.hire('agent')
})
afterEach(() => office.close())

async function* inPieces(...pieces: (string | Buffer | Error)[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece
    yield Buffer.from(piece)
    await Promise.resolve()
  }
}

const upload = (viewer: Viewer, name: string, ...pieces: (string | Buffer | Error)[]) =>
  files.upload(viewer, { name, content: inPieces(...pieces), cutShort: () => false })

async function contentOf(viewer: Viewer, id: string): Promise<string> {
  const { content } = await files.open(viewer, id)
  try {
    return await content.readFile('utf8')
  } finally {
    await content.close()
  }
}

/** Every file below the data folder's `files`, by its path there. */
async function onDisk(): Promise<string[]> {
  const entries = await readdir(join(office.dataDir, 'files'), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

describe('an uploaded file', () => {
  test('is on disk under its hash, and described by what it is', async () => {
    const file = await upload(ana, '../Olá.txt', 'bom ', 'dia')
    expect(file).toMatchObject({
      name: 'Olá.txt',
      size: 7,
      type: 'text/plain',
      sha256: 'b8e3bc65c7438ad83af40847a23a087e935cb0a19f090ad0fc79bab93ea06a1b',
    })
    expect(await onDisk()).toEqual([file.sha256])
    expect(await contentOf(ana, file.id)).toBe('bom dia')
  })

  test('with the content of another one shares its place', async () => {
    const [one, other] = await Promise.all([upload(ana, 'a.txt', 'igual'), upload(bruno, 'b.txt', 'igual')])
    expect(one.sha256).toBe(other.sha256)
    expect(one.id).not.toBe(other.id)
    expect(await onDisk()).toEqual([one.sha256])
  })

  test('that breaks off on the way leaves nothing', async () => {
    await expect(upload(ana, 'a.txt', 'metade', new Error('cable pulled'))).rejects.toThrow('cable pulled')
    expect(await onDisk()).toEqual([])
    expect(await office.store.read.sql`SELECT id FROM file`).toEqual([])
  })

  test('over the limit is refused with the limit, and leaves nothing', async () => {
    const tooLarge = files.upload(ana, { name: 'a.bin', content: inPieces('começo'), cutShort: () => true })
    await expect(tooLarge).rejects.toMatchObject({
      code: 'TOO_LARGE',
      reason: 'files.too_large',
      details: { limit: 26_214_400 },
    })
    expect(await onDisk()).toEqual([])
  })

  test('is known by its content, whatever it calls itself', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    expect((await upload(ana, 'foto.txt', png)).type).toBe('image/png')
    expect((await upload(ana, 'foto.png', '<script>alert(1)</script>')).type).toBe('text/plain')
    expect((await upload(ana, 'page.html', '<!doctype html><script>alert(1)</script>')).type).toBe(
      'text/plain',
    )
    expect((await upload(ana, 'logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')).type).toBe(
      'text/plain',
    )
    expect(
      (await upload(ana, 'logo.xml', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')).type,
    ).toBe('text/plain')
    expect((await upload(ana, 'clientes.csv', 'nome;telefone\n')).type).toBe('text/csv')
    expect((await upload(ana, 'antigo.csv', Buffer.from('nome;situa\xe7\xe3o\n', 'latin1'))).type).toBe(
      'text/csv',
    )
    expect((await upload(ana, 'dados.csv', Buffer.from([1, 2, 3, 0, 255]))).type).toBe(
      'application/octet-stream',
    )
    expect((await upload(ana, 'boleto', '%PDF-1.7\n')).type).toBe('application/pdf')
  })
})

describe('a file is visible', () => {
  test('to its sender only until a message has it', async () => {
    const { id } = await upload(ana, 'a.txt', 'a')
    expect(await contentOf(ana, id)).toBe('a')
    await expect(files.open(bruno, id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'files.not_found',
    })
  })

  test('to nobody when it was never there', async () => {
    await expect(files.open(ana, newId())).rejects.toMatchObject({ reason: 'files.not_found' })
  })
})

describe('the sweep', () => {
  test('forgets uploads that no message took within a day, row and content', async () => {
    await upload(ana, '2.txt', 'vai')
    office.clock.time += DAY
    const young = await upload(ana, '3.txt', 'novo')
    await files.sweepUnattached(office.clock.now())
    expect(await onDisk()).toHaveLength(2)
    office.clock.time += 1
    await files.sweepUnattached(office.clock.now())
    expect(await onDisk()).toEqual([young.sha256])
    await expect(files.open(ana, young.id).then(({ content }) => content.close())).resolves.toBeUndefined()
  })

  test('leaves a content that another file still has', async () => {
    await upload(ana, '1.txt', 'igual')
    office.clock.time += DAY + 1
    const young = await upload(bruno, '2.txt', 'igual')
    await files.sweepUnattached(office.clock.now())
    expect(await contentOf(bruno, young.id)).toBe('igual')
  })

  test('never takes a content from under an upload that comes at the same moment', async () => {
    await upload(ana, 'velho.txt', 'igual')
    office.clock.time += DAY + 1
    let arriving: Promise<FileView> | undefined
    const { read, write } = office.store
    /** Once the sweep has seen that no file has the content, the same content arrives, and gets time to find it there. */
    const existsBy: typeof read.existsBy = async (...question) => {
      const answer = await read.existsBy(...question)
      let arrived = false
      arriving = upload(ana, 'novo.txt', 'igual').finally(() => (arrived = true))
      for (let turn = 0; turn < 300 && !arrived; turn++) await readdir(office.dataDir)
      return answer
    }
    const store = {
      ...office.store,
      read: Object.assign(Object.create(read) as typeof read, { existsBy }),
      write,
      close: office.store.close,
    }
    files = new Files({ ...office, store, tickets: { mayRead: () => Promise.resolve(false) } })
    await files.sweepUnattached(office.clock.now())
    const file = await arriving
    expect(await contentOf(ana, file?.id ?? '')).toBe('igual')
  })

  test('clears away at start what a crash left half-written', async () => {
    const { sha256 } = await upload(ana, '1.txt', 'inteiro')
    await writeFile(join(office.dataDir, 'files', 'tmp', newId()), 'meta')
    await new Files({ ...office, tickets: { mayRead: () => Promise.resolve(false) } }).sweepUnattached(0)
    expect(await onDisk()).toEqual([sha256])
  })
})
