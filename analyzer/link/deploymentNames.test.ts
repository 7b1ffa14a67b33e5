// What names say about deployments.
import { expect, test } from 'vitest'
import { isBesideProduct, isForDevelopment, isForProduction, isForTests, stageOfWord } from './deploymentNames.js'

test('words of names are whole words', () => {
  expect(['Dockerfile.dev', 'k8s/overlays/local/app.yaml', 'docker-compose.override.yml', 'debug'].every(isForDevelopment)).toBe(true)
  expect(['devices/Dockerfile', 'dev-ops/k8s/api.yaml', 'deploy/api.yaml', 'locale.yml'].some(isForDevelopment)).toBe(false)
  expect(['docker-compose.prod.yml', 'deploy/compose.yml', 'docker-stack.yml'].every(isForProduction)).toBe(true)
  expect(['services/products/compose.yml', 'fullstack/compose.yml', 'compose.yml'].some(isForProduction)).toBe(false)
  expect(['test', 'ci2', 'docker-compose.e2e.yml', '__tests__/app.yaml'].every(isForTests)).toBe(true)
  expect(['latest', 'cities/Dockerfile', 'attest.yaml'].some(isForTests)).toBe(false)
  expect(['docs/nginx.conf', '.devcontainer/Dockerfile', 'bench-api/fly.toml', 'test/Dockerfile'].every(isBesideProduct)).toBe(true)
  expect(['docserver/Dockerfile', '.do/app.yaml', 'api/Dockerfile'].some(isBesideProduct)).toBe(false)
})

test('a stage is told by the words that variables hold', () => {
  expect(['prod', 'PRODUCTION', 'live', 'staging', 'qa', 'dev', 'test', 'blue', 'products'].map(stageOfWord)).toEqual([
    'production',
    'production',
    'production',
    'staging',
    'staging',
    'development',
    'development',
    null,
    null,
  ])
})
