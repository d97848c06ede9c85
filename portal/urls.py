"""All addresses of the portal. Names stay; what they show may change."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from people.views.closed import closed
from portal.views.flows import answer_to_lesson, mentorship_to_lesson
from portal.views.health import live, ready
from portal.views.home import home
from portal.views.preferences import set_theme
from portal.views.sign_in import to_home
from portal.views.styleguide import styleguide
from portal.views.styleguide_composer import styleguide_composer

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/composer/", styleguide_composer, name="styleguide_composer"),
    path("preferences/theme/", set_theme, name="set_theme"),
    path("accounts/", include("people.account_urls")),
    path("search/", include("search.urls")),
    path("people/", include("people.urls")),
    path("alliances/", include("alliances.urls")),
    path("mentoring/pair/<int:pk>/lesson/", mentorship_to_lesson, name="mentorship_to_lesson"),
    path("mentoring/", include("mentoring.urls")),
    path("onboarding/", include("onboarding.urls")),
    path("compose/", include("composer.urls")),
    path("notices/", include("notifications.urls")),
    path("lessons/", include("lessons.urls")),
    path("forums/posts/<int:pk>/lesson/", answer_to_lesson, name="answer_to_lesson"),
    path("forums/", include("forums.urls")),
    path("playbook/", include("playbook.urls")),
    path("admin/login/", to_home, name="admin_login"),
    path("_util/login/", to_home, name="wagtail_login"),
    path("admin/failwhale/", closed),
    path("admin/bulk/people/user/<str:key>/", closed),
    path("admin/bulk/auth/group/<str:key>/", closed),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
