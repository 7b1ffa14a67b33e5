// Names of the routers, for the navigation.
module.exports = ['courses', 'students']
