import { once } from '../api/once.ts'
import { openProcedure, permitted, router, type Context } from '../api/trpc.ts'
import { AppError } from '../errors.ts'
import { liveScopeInput, updateWallInput, wallInput, wallRef, type NewWall } from './contract.ts'

const share = permitted('views.share')

export const wallsRouter = router({
  list: share.query(({ ctx }) => ctx.services.walls.list()),
  // Without `once`, which would remember the secret; a wall that was made twice is seen in the list and revoked.
  create: share.input(wallInput).mutation(async ({ ctx, input }): Promise<NewWall> => {
    const made = await ctx.services.walls.create(ctx.viewer, input)
    return { ...made, addresses: ctx.services.network.addresses() }
  }),
  update: share
    .input(updateWallInput)
    .mutation(once(({ ctx, input }) => ctx.services.walls.update(ctx.viewer, input))),
  revoke: share
    .input(wallRef)
    .mutation(once(({ ctx, input }) => ctx.services.walls.revoke(ctx.viewer, input.id))),
})

/** For screens, which show a wall's secret and no session. */
export const wallRouter = router({
  open: openProcedure.query(({ ctx }) => ctx.services.wallDoor.open(wallSecret(ctx))),
  live: openProcedure
    .input(liveScopeInput.prefault({}))
    .query(({ ctx, input }) => ctx.services.wallDoor.live(wallSecret(ctx), input)),
  /** Over HTTP `dashboards.routes.ts` serves it in the same words. */
  watch: openProcedure
    .input(liveScopeInput.prefault({}))
    .subscription(({ ctx, input, signal }) =>
      ctx.services.wallDoor.watch(wallSecret(ctx), input, signal ?? new AbortController().signal),
    ),
})

/** @throws UNAUTHENTICATED `wall.unknown` */
export function wallSecret({ wallSecret: secret }: Pick<Context, 'wallSecret'>): string {
  if (secret === null) throw new AppError('UNAUTHENTICATED', 'wall.unknown')
  return secret
}
