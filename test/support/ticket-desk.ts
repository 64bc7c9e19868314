/** Words for the tests about queue and ticket: an office with two people, and what they do on the screen. */
import type { Locator, Page } from 'playwright-core'
import { startTestServer, type Client, type TestServer } from './server.ts'

export interface TicketOffice extends AsyncDisposable {
  server: TestServer
  ana: { token: string; id: string; api: Client }
  bruno: { token: string; id: string; api: Client }
  /** Opens a ticket as Ana; what isn't said is ordinary. */
  ticket(
    parts?: Partial<Parameters<Client['tickets']['create']['mutate']>[0]>,
  ): ReturnType<Client['tickets']['create']['mutate']>
}

/** Ana administers, Bruno is an agent; there are no teams, so both see every ticket. */
export async function startTicketOffice(): Promise<TicketOffice> {
  const server = await startTestServer()
  const anaToken = await server.setup()
  const ana = server.client(anaToken)
  const { agent } = await ana.auth.me.query()
  const bruno = await server.join(anaToken, { name: 'Bruno Lima', email: 'bruno@ipe.example' })
  return {
    server,
    ana: { token: anaToken, id: agent.id, api: ana },
    bruno: { ...bruno, api: server.client(bruno.token) },
    ticket: (parts = {}) =>
      ana.tickets.create.mutate({
        subject: 'Impressora fiscal não imprime',
        body: 'A impressora do caixa 2 parou desde cedo.',
        requester: { name: 'José Almeida' },
        channel: 'phone',
        agentId: agent.id,
        ...parts,
      }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

export const row = (page: Page, subject: string): Locator => page.getByRole('option', { name: subject })
export const editor = (
  page: Page,
  mode: 'Resposta ao cliente' | 'Nota interna' = 'Resposta ao cliente',
): Locator => page.getByRole('textbox', { name: mode })
export const conversation = (page: Page): Locator => page.getByRole('region', { name: 'Conversa' })
export const properties = (page: Page): Locator => page.getByRole('group', { name: 'Propriedades' })
