export * from './HealthController'
export * from './PlantsController'
