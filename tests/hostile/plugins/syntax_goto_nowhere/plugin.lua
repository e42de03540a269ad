-- expect: load: no visible label 'nowhere'
goto nowhere
