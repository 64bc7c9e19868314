import { computed, ref, watchEffect } from 'vue'

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export const DENSITIES = ['comfortable', 'compact'] as const

type Theme = (typeof THEMES)[number]
type Density = (typeof DENSITIES)[number]

const THEME_KEY = 'balcao.theme'
const DENSITY_KEY = 'balcao.density'

function kept<T extends string>(key: string, choices: readonly T[], otherwise: T): T {
  const value = localStorage.getItem(key)
  return choices.find((choice) => choice === value) ?? otherwise
}

const theme = ref<Theme>(kept(THEME_KEY, THEMES, 'system'))
const density = ref<Density>(kept(DENSITY_KEY, DENSITIES, 'comfortable'))

/** The look of the client on this device. */
export function useAppearance() {
  return {
    theme: computed({
      get: () => theme.value,
      set: (value) => {
        theme.value = value
        localStorage.setItem(THEME_KEY, value)
      },
    }),
    density: computed({
      get: () => density.value,
      set: (value) => {
        density.value = value
        localStorage.setItem(DENSITY_KEY, value)
      },
    }),
  }
}

/** Puts the kept look on the document, before the first screen is drawn, and keeps following it. */
export function startAppearance(): void {
  const moreContrast = window.matchMedia('(prefers-contrast: more)')
  const systemContrast = ref(moreContrast.matches)
  moreContrast.addEventListener('change', (event) => (systemContrast.value = event.matches))

  watchEffect(() => {
    const { dataset } = document.documentElement
    // Without the attribute the document follows the system's scheme.
    if (theme.value === 'light' || theme.value === 'dark') dataset.theme = theme.value
    else delete dataset.theme
    const strong = theme.value === 'contrast' || (theme.value === 'system' && systemContrast.value)
    if (strong) dataset.contrast = 'more'
    else delete dataset.contrast
    dataset.density = density.value
  })
}
