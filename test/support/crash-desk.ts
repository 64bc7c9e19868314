import { createTRPCClient, httpLink } from '@trpc/client'
import { serverCommand } from '../../build/server-command.ts'
import type { AppRouter } from '../../server/api/root.ts'
import type { Client } from './server.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'

/** Starts a desk on the folder, in a process of its own that can be killed. */
export const startDesk = (dataDir: string): Promise<ServerProcess> =>
  startServerProcess([
    ...serverCommand,
    ...['--data-dir', dataDir, '--port', '0', '--host', '127.0.0.1', '--log-level', 'error'],
  ])

/** Does the first run and answers the administrator's token. */
export async function setUpDesk(url: string): Promise<string> {
  const { token } = await clientOf(url).setup.create.mutate({
    company: 'Papelaria Ipê',
    timezone: 'America/Sao_Paulo',
    locale: 'pt-BR',
    admin: { name: 'Ana Ribeiro', email: 'ana@ipe.example', password: 'senha-bem-comprida' },
  })
  return token
}

export const clientOf = (url: string, token?: string): Client =>
  createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    ],
  })
