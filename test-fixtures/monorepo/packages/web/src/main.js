const list = document.querySelector('ul')

fetch('/stops')
  .then(response => response.json())
  .then(stops => {
    console.log('stops', stops.length)
    for (const stop of stops) list.append(Object.assign(document.createElement('li'), { textContent: stop.name }))
  })
